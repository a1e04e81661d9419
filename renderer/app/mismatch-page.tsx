// TSPM was upgraded under an open page: the new page comes with a reload, which happens by itself once.
import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { contractVersion, productVersion } from '../../shared/contract/version.ts';
import { FullPage } from './full-page.tsx';

const reloadedKey = 'tspm-reloaded-for';

export function MismatchPage({ version, contract }: { readonly version: string; readonly contract: number }) {
  const engine = `${version}, contract ${contract}`;
  useEffect(() => {
    if (!reloadedAlready(engine)) window.location.reload();
  }, [engine]);

  return (
    <FullPage title="TSPM was upgraded">
      <p>
        The engine is of version {engine}; this page is of version {productVersion}, contract {contractVersion}. Your services are not affected. Reload to get the page that fits the engine.
      </p>
      <Button onClick={() => window.location.reload()}>Reload</Button>
    </FullPage>
  );
}

/** Remembers per tab for which engine it was tried, so that a page that does not fit after all does not reload for ever. */
function reloadedAlready(engine: string): boolean {
  try {
    if (window.sessionStorage.getItem(reloadedKey) === engine) return true;
    window.sessionStorage.setItem(reloadedKey, engine);
    return false;
  } catch {
    // Without storage there is nothing to remember it by; the button is there.
    return true;
  }
}
