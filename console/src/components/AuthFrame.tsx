import { Card } from 'antd';
import type { ReactNode } from 'react';
import './AuthFrame.css';

/** The frame of pages before the login: the mark, a card, switches at the foot. */
export function AuthFrame({ title, lead, children, footer }: { title: string; lead?: string; children: ReactNode; footer?: ReactNode }) {
  return (
    <main className="auth-frame">
      <div className="auth-column">
        <div className="auth-mark">
          <img src="/favicon.svg" alt="" width={44} height={44} />
          <h1>{title}</h1>
          {lead !== undefined && <p>{lead}</p>}
        </div>
        <Card>{children}</Card>
        {footer !== undefined && <div className="auth-footer">{footer}</div>}
      </div>
    </main>
  );
}
