// Ends this browser's session at the dashboard's door; where there is no door, there is no button.
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useState } from 'react';
import { errorMessage } from '../../shared/model/failure.ts';
import { useServices } from '../state/app-context.tsx';
import { showProblem } from './show-problem.tsx';

export function LogOutButton() {
  const { logOut } = useServices().host;
  const [leaving, setLeaving] = useState(false);
  if (logOut === null) return null;
  const leave = (): void => {
    setLeaving(true);
    logOut()
      .catch((error: unknown) => showProblem({ title: 'Logging out failed', message: errorMessage(error), lastLines: [], overtaken: false }))
      .finally(() => setLeaving(false));
  };
  return (
    <Tooltip label="Log out" position="right">
      <ActionIcon variant="subtle" size="lg" onClick={leave} loading={leaving} aria-label="Log out">
        <IconLogout size={18} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
