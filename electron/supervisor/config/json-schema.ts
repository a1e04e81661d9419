// The JSON Schema of the config, for editors. Made from the same schema that validates.
import * as z from 'zod/mini';
import { fileSchema } from './schema.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** A value that comes from the environment has no type before it is expanded. */
const expansion: JsonObject = { type: 'string', pattern: '\\$\\{' };

/** JSON Schema draft 7, what editors understand best. */
export function configJsonSchema(): JsonObject {
  const generated: JsonObject = JSON.parse(JSON.stringify(z.toJSONSchema(fileSchema, { io: 'input', target: 'draft-7' })));
  const { $schema, ...rest } = generated;
  return { $schema: $schema ?? null, title: 'TSPM configuration', ...asObject(expandable(requireProgram(rest))) };
}

/** Lets `${VAR}` stand wherever something other than free text is expected. */
function expandable(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(expandable);
  if (!isObject(schema)) return schema;
  const options = schema['anyOf'];
  if (Array.isArray(options)) return isSettled(options) ? schema : { ...schema, anyOf: [...options.map(inner), expansion] };
  if (!isScalar(schema)) return inner(schema);
  const { description, ...rest } = schema;
  const either = isFreeText(schema) ? rest : { anyOf: [rest, expansion] };
  return description === undefined ? either : { description, ...either };
}

/** What lies inside of an object or list; names of keys are never expanded. */
function inner(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, key === 'propertyNames' ? value : expandable(value)]);
  return isScalar(schema) ? schema : Object.fromEntries(entries);
}

function isSettled(options: readonly Json[]): boolean {
  return options.some(isFreeText) && !options.some((option) => isObject(option) && option['type'] === 'object');
}

function isFreeText(schema: Json): boolean {
  return isObject(schema) && schema['type'] === 'string' && ['enum', 'const', 'pattern'].every((rule) => schema[rule] === undefined);
}

function isScalar(schema: JsonObject): boolean {
  return typeof schema['type'] === 'string' && !['object', 'array', 'null'].includes(schema['type']);
}

/** Exactly one of `script` and `command`: a rule between fields, which the field schemas cannot say. */
function requireProgram(root: JsonObject): JsonObject {
  const properties = asObject(root['properties']);
  const processes = asObject(properties['processes']);
  const items = { ...asObject(processes['items']), oneOf: [{ required: ['script'] }, { required: ['command'] }] };
  return { ...root, properties: { ...properties, processes: { ...processes, items } } };
}

function asObject(value: Json | undefined): JsonObject {
  return value !== undefined && isObject(value) ? value : {};
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
