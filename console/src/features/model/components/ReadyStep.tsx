import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/CopyField';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { LinkButton } from '@/components/LinkButton';
import { Snippets } from '@/components/Snippets';
import type { BulkResults } from '../api/bulk';
import { useFirstKey } from '../api/firstKey';

interface Props {
  results: BulkResults;
  /** The model to begin with. */
  model: string | undefined;
  /** How many were added without a price. */
  unpriced: number;
  onMore: () => void;
}

/** What was added, a key for programs, and the way to the first chat. */
export function ReadyStep({ results, model, unpriced, onMore }: Props) {
  const { t } = useTranslation('start');
  const textOf = useErrorText();
  const failed = results.data.filter(({ ok }) => !ok);
  return (
    <>
      {results.done > 0 && <Alert type="success" showIcon title={t('ready.added', { count: results.done })} style={{ marginBottom: 16 }} />}
      {failed.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('ready.failed', { count: failed.length })}
          description={
            <ul className="start-list">
              {failed.map(({ model_id, error }, index) => (
                <li key={model_id ?? index} className="break-anywhere">
                  <code>{model_id}</code>: {textOf(error)}
                </li>
              ))}
            </ul>
          }
        />
      )}
      {unpriced > 0 && (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('ready.unpriced', { count: unpriced })}
          description={t('ready.unpricedText')}
          action={
            <LinkButton to="/admin/prices" size="small">
              {t('ready.prices')}
            </LinkButton>
          }
        />
      )}
      {model !== undefined && (
        <>
          <section className="start-part">
            <h2>{t('ready.chatTitle')}</h2>
            <p className="model-muted">{t('ready.chatText', { model })}</p>
            <LinkButton to="/chat" search={{ model }} color="primary" variant="solid" size="large">
              {t('ready.chat')}
            </LinkButton>
          </section>
          <section className="start-part">
            <h2>{t('ready.keyTitle')}</h2>
            <p className="model-muted">{t('ready.keyText')}</p>
            <CallerKey model={model} />
          </section>
        </>
      )}
      <Space wrap>
        <Button onClick={onMore}>{t('ready.more')}</Button>
        <LinkButton to="/admin/models">{t('ready.models')}</LinkButton>
      </Space>
    </>
  );
}

/** Makes a key and shows it this once; it leaves the page with this step. */
function CallerKey({ model }: { model: string }) {
  const { t } = useTranslation('start');
  const making = useFirstKey();
  const [secret, setSecret] = useState<string | null>(null);
  if (secret === null) {
    return (
      <>
        {making.isError && <ErrorState error={making.error} />}
        <Button loading={making.isPending} onClick={() => making.mutate(t('ready.keyName'), { onSuccess: ({ key }) => setSecret(key) })}>
          {t('ready.makeKey')}
        </Button>
      </>
    );
  }
  return (
    <>
      <Alert type="warning" showIcon title={t('ready.once')} style={{ marginBottom: 12 }} />
      <div className="start-secret">
        <CopyField text={secret} label={t('ready.secret')} />
      </div>
      <Snippets apiKey={secret} model={model} />
    </>
  );
}
