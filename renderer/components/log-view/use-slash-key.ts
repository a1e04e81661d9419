// `/` goes to a page's search from wherever the keyboard is, unless a text is being written or something lies over the page.
import { useEffect, type RefObject } from 'react';
import { isTyping } from '../is-typing.ts';

export function useSlashKey(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { key, target } = event;
      if (key !== '/' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
      if (target instanceof Element && target.closest('[role="dialog"], [role="menu"]') !== null) return;
      event.preventDefault();
      field.current?.select();
      field.current?.scrollIntoView({ block: 'nearest' });
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [field]);
}
