// The rail at the left: pages, and what holds everywhere. Narrow windows see its icons only.
import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCommand, IconHelp } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { commandKey } from '../components/command-key.ts';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import { EngineStatus } from './engine-status.tsx';
import { LogOutButton } from './log-out-button.tsx';
import { Logo } from './logo.tsx';
import classes from './navigation.module.css';
import { openOverlay } from './overlay.ts';
import { pages } from './pages.ts';

export function Navigation() {
  const [location] = useLocation();
  return (
    <aside className={classes['rail']} aria-label="TSPM">
      <div className={classes['brand']}>
        <Logo size={24} />
        <span className={classes['wide']}>TSPM</span>
      </div>
      <UnstyledButton className={classes['palette']} onClick={() => openOverlay('palette')} title="Search and commands">
        <IconCommand size={18} stroke={1.6} aria-hidden />
        <span className={classes['wide']}>Search…</span>
        <kbd className={classes['keys']}>{commandKey} K</kbd>
      </UnstyledButton>
      <nav aria-label="Pages" className={classes['pages']}>
        {pages.map(({ path, title, icon: Icon, below }) => (
          <Link key={path} href={path} className={classes['page']} aria-current={location === path || location.startsWith(below) ? 'page' : undefined} title={title}>
            <Icon size={18} stroke={1.6} aria-hidden />
            <span className={classes['wide']}>{title}</span>
          </Link>
        ))}
      </nav>
      <div className={classes['foot']}>
        <EngineStatus />
        <div className={classes['tools']}>
          <ColorSchemeSwitch />
          <Tooltip label="Keyboard shortcuts (?)">
            <ActionIcon variant="subtle" size="lg" onClick={() => openOverlay('help')} aria-label="Keyboard shortcuts">
              <IconHelp size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <LogOutButton />
        </div>
      </div>
    </aside>
  );
}
