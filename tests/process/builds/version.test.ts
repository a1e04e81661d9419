// A data plane that is older than the engine works, and `status` says so.
import { expect, it } from 'vitest';
import { productVersion } from '../../../shared/model/product-version.ts';
import { frozen } from '../../helpers/builds.ts';
import { engineHome } from '../../helpers/engine-home.ts';
import { isGone } from '../../helpers/is-gone.ts';
import { makeSpec } from '../../helpers/specs.ts';
import { waitFor } from '../../helpers/wait-for.ts';

it('says which TSPM the data plane is from', async () => {
  const home = await engineHome();
  const first = await home.boot(frozen('0.1.0'));
  await home.start(makeSpec({ name: 'sleeper', args: ['-e', 'setInterval(() => undefined, 1000)'] }));
  process.kill(first.owner?.pid ?? 0, 'SIGKILL');
  await waitFor(() => isGone(first.owner?.pid ?? 0));
  expect((await home.boot()).shim).toEqual({ pid: first.shim?.pid, version: '0.1.0', older: true });
});

it('of this build is not older', async () => {
  const home = await engineHome();
  expect((await home.boot()).shim).toMatchObject({ version: productVersion, older: false });
});
