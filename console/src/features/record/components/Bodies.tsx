import { Button, Card, Empty, Space, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/CopyButton';
import { ErrorState } from '@/components/ErrorState';
import { asApiError } from '@/lib/errors';
import { useFormat } from '@/lib/format';
import { useReadBodies, type KeptBodies } from '../api/bodies';
import { indented } from '../indented';

function Body({ title, body }: { title: string; body: KeptBodies['request'] }) {
  const { t } = useTranslation('record');
  const format = useFormat();
  return (
    <section className="call-body">
      <Space size={8} wrap>
        <strong>{title}</strong>
        <Typography.Text type="secondary">{t('bytes', { count: body.bytes, shown: format.count(body.bytes) })}</Typography.Text>
        {body.cut && <Tag color="warning">{t('bodies.cut')}</Tag>}
        <CopyButton text={body.text} label={t('bodies.copy', { name: title })} />
      </Space>
      <pre className="code-block" tabIndex={0} aria-label={title}>
        <code>{indented(body.text)}</code>
      </pre>
    </section>
  );
}

/** What the call sent and was answered, where that was kept; asked for by a click, because each reading is audited. */
export function Bodies({ id }: { id: string }) {
  const { t } = useTranslation('record');
  const reading = useReadBodies(id);
  const isMissing = reading.isError && asApiError(reading.error).code === 'bodies_not_found';
  return (
    <Card
      size="small"
      className="call-wide"
      title={t('bodies.title')}
      extra={
        reading.data === undefined && (
          <Button size="small" loading={reading.isPending} onClick={() => reading.mutate()}>
            {t('bodies.read')}
          </Button>
        )
      }
    >
      {reading.data === undefined && !reading.isError && <Typography.Text type="secondary">{t('bodies.lead')}</Typography.Text>}
      {isMissing && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('bodies.none')} />}
      {reading.isError && !isMissing && <ErrorState error={reading.error} retry={() => reading.mutate()} />}
      {reading.data !== undefined && (
        <>
          {reading.data.policy === 'masked' && <p className="call-masked">{t('bodies.masked')}</p>}
          <Body title={t('bodies.request')} body={reading.data.request} />
          <Body title={t('bodies.answer')} body={reading.data.answer} />
        </>
      )}
    </Card>
  );
}
