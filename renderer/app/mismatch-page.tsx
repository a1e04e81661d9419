// TSPM was upgraded under an open page: the new page comes with a reload, which happens by itself once.
import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { productVersion } from '../../shared/contract/version.ts';
import { FullPage } from './full-page.tsx';

const reloadedKey = 'tspm-reloaded-for';

export function MismatchPage({ version }: { readonly version: string }) {
  useEffect(() => {
    if (!reloadedAlready(version)) window.location.reload();
  }, [version]);

  return (
    <FullPage title="TSPM was upgraded">
      <p>
        The engine is version {version}, this page is of version {productVersion}. Your services are not affected. Reload to get the page that fits the engine.
      </p>
      <Button onClick={() => window.location.reload()}>Reload</Button>
    </FullPage>
  );
}

/** Remembers per tab for which engine it was tried, so that a page that does not fit after all does not reload for ever. */
function reloadedAlready(version: string): boolean {
  try {
    if (window.sessionStorage.getItem(reloadedKey) === version) return true;
    window.sessionStorage.setItem(reloadedKey, version);
    return false;
  } catch {
    // Without storage there is nothing to remember it by; the button is there.
    return true;
  }
}
