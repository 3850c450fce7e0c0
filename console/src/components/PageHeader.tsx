import { Space, Typography } from 'antd';
import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  /** One sentence: what the page is for. */
  description?: ReactNode;
  /** Buttons, the most important one last. */
  actions?: ReactNode;
}

/** The head of every page; its h1 is where a screen reader lands. */
export function PageHeader({ title, description, actions }: Props) {
  return (
    <header className="page-header">
      <div>
        <h1>{title}</h1>
        {description !== undefined && (
          <Typography.Paragraph type="secondary" style={{ marginTop: 4, marginBottom: 0 }}>
            {description}
          </Typography.Paragraph>
        )}
      </div>
      {actions !== undefined && <Space wrap>{actions}</Space>}
    </header>
  );
}
