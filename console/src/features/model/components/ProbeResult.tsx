import { Alert, Descriptions, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { Probe } from '../api/testModel';

/** Why it failed: what a caller is told is one code for several reasons that only an administrator is to know. */
function faultOf({ error, status }: Probe): string {
  const isKey = error?.code === 'no_usable_key';
  return isKey && (status === 401 || status === 403) ? 'key_refused' : isKey && status !== null ? 'quota_exhausted' : (error?.code ?? '');
}

/** What came back from a provider. Its words are shown as text, whatever they are. */
export function ProbeResult({ probe }: { probe: Probe }) {
  const { t } = useTranslation('model');
  const { milliseconds, count } = useFormat();
  return (
    <>
      {probe.error !== null && (
        <Alert
          type="error"
          showIcon
          title={t(`probe.${faultOf(probe)}`, { defaultValue: t('test.failed') })}
          description={<span className="break-anywhere">{probe.error.message}</span>}
          style={{ marginBottom: 12 }}
        />
      )}
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'latency', label: t('test.latency'), children: milliseconds(probe.latency_ms) },
          ...(probe.status === null ? [] : [{ key: 'status', label: t('test.status'), children: probe.status }]),
          ...(probe.key_hint === null ? [] : [{ key: 'key', label: t('test.key'), children: <code>…{probe.key_hint}</code> }]),
          ...(probe.model === null ? [] : [{ key: 'model', label: t('test.model'), children: <span className="break-anywhere">{probe.model}</span> }]),
          ...(probe.usage === null ? [] : [{ key: 'tokens', label: t('test.tokens'), children: count(probe.usage.total_tokens) }]),
        ]}
      />
      {probe.answer !== null && (
        <Typography.Paragraph className="break-anywhere model-answer" style={{ marginBottom: 0 }}>
          {probe.answer}
        </Typography.Paragraph>
      )}
    </>
  );
}
