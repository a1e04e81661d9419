// Mantine in the page's own colours: restrained, dense, with the fonts that the system has.
import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const blue: MantineColorsTuple = ['#eef3fb', '#dbe6f7', '#b9cef0', '#93b4e8', '#82aef5', '#4f80d2', '#376dc4', '#2b5fb8', '#234f9b', '#1b3f7d'];
const dark: MantineColorsTuple = ['#e5e9ef', '#c5ccd6', '#9ba6b4', '#6d7885', '#3a424e', '#2a313b', '#1c2129', '#161a20', '#0f1216', '#0b0e11'];
const red: MantineColorsTuple = ['#fdebe9', '#fad4d0', '#f3aaa3', '#ff8a80', '#e2685d', '#cf4a3e', '#c23529', '#b42318', '#971b12', '#78140c'];

/** What lies over the page has a surface of its own. */
function raised(...parts: readonly string[]): Record<string, { readonly background: string }> {
  return Object.fromEntries(parts.map((part) => [part, { background: 'var(--tspm-raised)' }]));
}

export const theme = createTheme({
  colors: { blue, dark, red },
  primaryColor: 'blue',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  fontFamilyMonospace: 'var(--tspm-mono)',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.5' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.125rem', lineHeight: '1.4' }, h2: { fontSize: '1rem', lineHeight: '1.4' } } },
  components: {
    Button: { styles: { label: { fontWeight: 500 } } },
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 } }, styles: raised('content', 'header') },
    ModalRoot: { styles: raised('content') },
    ModalOverlay: { defaultProps: { backgroundOpacity: 0.35 } },
    Menu: { styles: raised('dropdown') },
    Popover: { styles: raised('dropdown') },
  },
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input);
    // Quiet buttons are of the text's colour: colour is for states and for the one thing that matters.
    if (input.variant === 'subtle' && (input.color === undefined || input.color === input.theme.primaryColor)) return { ...resolved, color: 'var(--tspm-text)', hover: 'var(--tspm-hover)' };
    return resolved;
  },
});

export const cssVariablesResolver: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--tspm-page)',
    '--mantine-color-text': 'var(--tspm-text)',
    '--mantine-color-dimmed': 'var(--tspm-dim)',
    '--mantine-color-placeholder': 'var(--tspm-dim)',
    '--mantine-color-default': 'var(--tspm-surface)',
    '--mantine-color-default-color': 'var(--tspm-text)',
    '--mantine-color-default-border': 'var(--tspm-border-strong)',
    '--mantine-color-default-hover': 'var(--tspm-hover)',
    '--mantine-color-error': 'var(--tspm-bad)',
    '--mantine-color-anchor': 'var(--tspm-accent)',
  };
  return { variables: {}, light: shared, dark: shared };
};
