import { Empty, Typography } from 'antd';
import type { ReactNode } from 'react';

/** Nothing here yet: says why, and offers the next step. */
export function EmptyState({ title, description, action }: { title: string; description?: ReactNode; action?: ReactNode }) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <Typography.Text strong>{title}</Typography.Text>
          {description !== undefined && (
            <Typography.Paragraph type="secondary" style={{ marginTop: 4 }}>
              {description}
            </Typography.Paragraph>
          )}
        </>
      }
    >
      {action}
    </Empty>
  );
}
