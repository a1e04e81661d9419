// Programs of the system that tests of pages and of the desktop need. tests/setup/tools.ts installs them where it may.

export const chromiumFile = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const dbusDaemonFile = '/usr/bin/dbus-daemon';
