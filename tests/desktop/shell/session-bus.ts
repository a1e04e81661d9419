// A session bus of one's own: the real dbus-daemon, on a socket in a temporary folder, with nobody on it but the test and the application.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dbusDaemonFile } from '../../helpers/tools.ts';

export interface SessionBus {
  readonly address: string;
  stop(): Promise<void>;
}

export async function startSessionBus(folder: string): Promise<SessionBus> {
  const config = path.join(folder, 'session.conf');
  await writeFile(config, configuration(path.join(folder, 'bus')));
  const daemon = spawn(dbusDaemonFile, [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(daemon, 'exit');
  const [address] = (await Promise.race([once(daemon.stdout.setEncoding('utf8'), 'data'), ended.then(() => Promise.reject(new Error(`dbus-daemon does not start: dbus-daemon --config-file=${config} --nofork says why`)))])) as [string];
  return {
    address: address.trim(),
    async stop() {
      daemon.kill();
      await ended;
    },
  };
}

/** Standard services are not started: no folder of them is named. */
const configuration = (socket: string) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
