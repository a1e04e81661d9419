// Colours of instances in charts and logs: eight that differ for every kind of colour vision, each readable as text on the page's
// surfaces. From the ninth instance on they begin again.

export const lineColours: readonly { readonly light: string; readonly dark: string }[] = [
  { light: '#2b5fb8', dark: '#82aef5' },
  { light: '#a34f00', dark: '#f0a35e' },
  { light: '#00795c', dark: '#4cc9a4' },
  { light: '#a63d78', dark: '#e79cc6' },
  { light: '#6a52a3', dark: '#b9a5ec' },
  { light: '#7a6a00', dark: '#d6c64a' },
  { light: '#1b7390', dark: '#6cc6e4' },
  { light: '#8a4b2d', dark: '#d3a185' },
];

export function lineColour(index: number, scheme: 'light' | 'dark'): string {
  return lineColours[index % lineColours.length]?.[scheme] ?? 'currentColor';
}
