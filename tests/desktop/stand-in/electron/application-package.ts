// The package of the application, from which Electron takes its name, version and folder.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/** The next one above this folder. */
export function findPackage(from: string): Package {
  const file = path.join(from, 'package.json');
  if (existsSync(file)) {
    const { name, productName, version } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<'name' | 'productName' | 'version', string>>;
    return { name: productName ?? name ?? 'Electron', version: version ?? '0.0.0', folder: from };
  }
  const above = path.dirname(from);
  return above === from ? { name: 'Electron', version: '0.0.0', folder: from } : findPackage(above);
}
