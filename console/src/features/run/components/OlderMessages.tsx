import { CompressOutlined } from '@ant-design/icons';
import { Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '../api/run';

/** What the model got in place of older messages. */
export function OlderMessages({ older }: { older: NonNullable<Inspection['older']> }) {
  const { t } = useTranslation('run');
  return (
    <Card
      style={{ marginBottom: 16 }}
      title={
        <h2 className="card-title">
          <CompressOutlined /> {t('older.title', { count: older.messages })}
        </h2>
      }
    >
      <Typography.Paragraph type="secondary">{t(older.summary === null ? 'older.none' : 'older.lead')}</Typography.Paragraph>
      {older.summary !== null && <div className="older-summary break-anywhere">{older.summary}</div>}
    </Card>
  );
}
