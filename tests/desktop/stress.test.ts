import { test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { openFixture } from './fixtures/application.ts';
for (let n = 0; n < 14; n++) test(`again ${n}`, async ({ onTestFinished: _ }) => {
  const { desktop, page, heard } = await openFixture();
  const steps: string[] = [];
  const timer = setTimeout(() => console.log('HANG after', steps, desktop.output()), 20_000);
  await page.click('#away'); steps.push('away');
  await heard('refused', 'navigation https://example.org/'); steps.push('heard');
  await page.click('#blank'); steps.push('blank');
  await heard('refused', 'window https://example.org/'); steps.push('heard');
  await page.evaluate('void window.open("https://example.com/")'); steps.push('open');
  await heard('refused', 'window https://example.com/'); steps.push('heard');
  await waitFor(() => page.context().pages().length === 1, { what: 'the refused windows to go' }); steps.push('gone');
  clearTimeout(timer);
});
