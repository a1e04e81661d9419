// Puts a text into the clipboard, and shows for a moment that it is there.
import { notifications } from '@mantine/notifications';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { IconButton } from './icon-button.tsx';

const shownMs = 1500;

export function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setCopied(true);
    } catch {
      notifications.show({ title: 'Not copied', message: 'The browser does not let this page use the clipboard. Mark lines and press Ctrl+C instead.', color: 'red' });
    }
  };
  return <IconButton label={copied ? 'Copied' : label} icon={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={() => void copy()} />;
}
