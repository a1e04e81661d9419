// The whole page: theme, services, and either the shell with its pages or the one page that there is nothing behind.
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { AppServicesProvider, type AppServices } from '../state/app-context.tsx';
import { useConnection } from '../state/hooks.ts';
import { colorSchemeManager } from '../theme/color-scheme-manager.ts';
import { cssVariablesResolver, theme } from '../theme/theme.ts';
import { DeniedPage } from './denied-page.tsx';
import { MismatchPage } from './mismatch-page.tsx';
import { Shell } from './shell.tsx';

export function App({ services }: { readonly services: AppServices }) {
  const manager = useMemo(() => colorSchemeManager(services.host.preferences), [services]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} colorSchemeManager={manager} defaultColorScheme="auto">
      <AppServicesProvider value={services}>
        <Router hook={useHashLocation}>
          <Gate />
          <Notifications position="bottom-right" limit={4} containerWidth={420} zIndex={400} />
        </Router>
      </AppServicesProvider>
    </MantineProvider>
  );
}

function Gate() {
  const connection = useConnection();
  switch (connection.state) {
    case 'denied':
      return <DeniedPage refused={connection.refused} />;
    case 'mismatch':
      return <MismatchPage version={connection.version} contract={connection.contract} />;
    default:
      return <Shell />;
  }
}
