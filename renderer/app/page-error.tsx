// Catches a page that fails to be drawn or loaded, so that navigation and the other pages stay.
import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { errorMessage } from '../../shared/model/failure.ts';
import { Message } from '../components/message.tsx';

interface Props {
  readonly children: ReactNode;
  /** Called instead of showing anything: what failed was not the page itself. */
  readonly onFailure?: () => void;
}

export class PageError extends Component<Props, { readonly failure: unknown }> {
  override readonly state: { readonly failure: unknown } = { failure: null };

  static getDerivedStateFromError(failure: unknown): { readonly failure: unknown } {
    return { failure };
  }

  override componentDidCatch(): void {
    this.props.onFailure?.();
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    if (this.props.onFailure !== undefined) return null;
    return (
      <Message alone title="This page cannot be shown" action={<Button onClick={() => window.location.reload()}>Reload</Button>}>
        {errorMessage(failure)}. A part that could not be loaded comes when TSPM answers again. Your services are not affected.
      </Message>
    );
  }
}
