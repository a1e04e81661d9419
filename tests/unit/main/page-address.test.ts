import { describe, expect, it } from 'vitest';
import { isOwnPage, pageFile, startPage, webAddress } from '../../../electron/main/page-address.ts';

describe('addresses of pages', () => {
  it.each([startPage, 'app://tspm/', 'app://tspm/index.html#/process/api', 'app://tspm/assets/a.js?x=1'])('%s is ours', (address) => expect(isOwnPage(address)).toBe(true));

  it.each(['app://other/index.html', 'https://tspm/index.html', 'file:///tspm/index.html', 'app:tspm', 'app://tspm.example.org/', 'app://tspm:80/', 'about:blank', ''])('%s is not', (address) => expect(isOwnPage(address)).toBe(false));

  it('names files below the folder of the pages', () => {
    expect(pageFile('app://tspm/index.html')).toEqual(['index.html']);
    expect(pageFile('app://tspm/assets/a%20b-1.js?v=2#top')).toEqual(['assets', 'a b-1.js']);
  });

  it.each([
    'app://tspm/%2e%2e%2fsecret',
    'app://tspm/assets/%2e%2e/%2e%2e/secret',
    'app://tspm/..%5csecret',
    'app://tspm/c:%5csecret',
    'app://tspm/a%00b',
    'app://tspm/.env',
    'app://tspm//etc/passwd',
    'app://tspm/',
    'app://tspm/%e0%a4%a',
    'app://other/index.html',
  ])('%s names none', (address) => {
    const file = pageFile(address);
    // What the URL itself has resolved stays below the root.
    expect(file === null || file.every((segment) => segment !== '..' && segment !== '')).toBe(true);
    if (address !== 'app://tspm/assets/%2e%2e/%2e%2e/secret') expect(file).toBeNull();
  });

  it('gives web addresses on and nothing else', () => {
    expect(webAddress('https://example.org/a b')).toBe('https://example.org/a%20b');
    for (const address of ['javascript:alert(1)', 'file:///etc/passwd', 'smb://host/share', 'app://tspm/', 'ms-settings:', 'no address']) expect(webAddress(address)).toBeNull();
  });
});
