// Answers a request of a page with what the application says to it.
import type { Session } from './devtools.ts';

export interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: { readonly url: string; readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly postData?: string };
  readonly isMainFrame: boolean;
}

type Answer = (request: PausedRequest) => Promise<Response | null | 'refused'>;

export async function fulfil(page: Session, request: PausedRequest, answer: Answer): Promise<void> {
  const { requestId } = request;
  try {
    const response = await answer(request);
    if (response === 'refused') await page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    else if (response === null) await page.send('Fetch.continueRequest', { requestId });
    else {
      const body = Buffer.from(await response.arrayBuffer()).toString('base64');
      const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
      await page.send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body });
    }
  } catch (error) {
    // The page has left in the meantime, or the browser has; nobody waits for this answer.
    if (!/Invalid InterceptionId|has ended|Session with given id/.test(String(error))) throw error;
  }
}
