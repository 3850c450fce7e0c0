import { Card } from 'antd';
import type { ReactNode } from 'react';

/** A titled part of the form. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card style={{ marginBottom: 16 }} title={<h2 className="card-title">{title}</h2>}>
      {children}
    </Card>
  );
}
