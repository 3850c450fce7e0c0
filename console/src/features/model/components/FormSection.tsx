import { Card } from 'antd';
import type { ReactNode } from 'react';

/** A part of the form with a heading of its own. */
export function FormSection({ id, title, description, extra, children }: { id: string; title: string; description?: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="model-section">
      <Card
        title={
          <h2 id={`${id}-title`} className="model-section-title">
            {title}
          </h2>
        }
        extra={extra}
      >
        {description !== undefined && <p className="model-muted model-section-text">{description}</p>}
        {children}
      </Card>
    </section>
  );
}
