/** `name:instance`: a selector that means one instance and nothing else (a name cannot hold a colon). */
export function processKey({ name, instance }: { readonly name: string; readonly instance: number }): string {
  return `${name}:${instance}`;
}
