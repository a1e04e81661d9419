// Which values of an environment are nobody's business on a screen that others can see.

const secretName = /key|token|secret|passw|pwd|(?:^|_)pass$|passphrase|auth(?!or)|credential|private|dsn|cookie|session|signature|webhook/i;
/** Names that only look secret: places of things, not the things. */
const harmlessName = /_(?:FILE|PATH|DIR|SOCK)$|^(?:XAUTHORITY|DBUS_SESSION_BUS_ADDRESS|(?:XDG|DESKTOP)_SESSION\w*|SESSION_MANAGER|GDMSESSION|PWD|OLDPWD)$/i;
/** RFC 3986: scheme://user:password@host; the password is what counts. */
const urlPassword = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/]*(?=@)/gi;

export const mask = '********';

/** The value as it may be shown: hidden when the name tells of a secret, without the password when it is a URL. */
export function maskValue(name: string, value: string): string {
  if (value === '') return value;
  if (secretName.test(name) && !harmlessName.test(name)) return mask;
  return value.replace(urlPassword, `$1${mask}`);
}

export function maskEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, maskValue(name, value)]));
}
