// A point of the window that a menu hangs from. It is a button without size because menus are labelled by what opens them.
import type { ComponentProps } from 'react';

interface LayerAnchorProps extends ComponentProps<'button'> {
  readonly at: { readonly x: number; readonly y: number };
  readonly label: string;
}

export function LayerAnchor({ at, label, ...rest }: LayerAnchorProps) {
  return <button type="button" tabIndex={-1} aria-label={label} {...rest} style={{ position: 'fixed', left: at.x, top: at.y, width: 0, height: 0, padding: 0, border: 0, opacity: 0 }} />;
}
