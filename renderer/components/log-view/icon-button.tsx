// A button that is only an icon: it says in words what it does, to everybody.
import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';

interface IconButtonProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  /** Of a button that stays down until it is pressed again. */
  readonly pressed?: boolean;
}

export function IconButton({ label, icon, onClick, disabled = false, pressed }: IconButtonProps) {
  return (
    <ActionIcon variant={pressed === true ? 'light' : 'subtle'} size="md" title={label} aria-label={label} aria-pressed={pressed} disabled={disabled} onClick={onClick}>
      {icon}
    </ActionIcon>
  );
}
