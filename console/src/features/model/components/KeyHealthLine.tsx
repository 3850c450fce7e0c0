import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { KeyState, useKeyReason } from '@/components/KeyState';
import { useFormat } from '@/lib/format';
import { keyTitle, type ProviderKey } from '../keyHealth';

/** One key in one line: which, how it is, why, since when and until when. */
export function KeyHealthLine({ apiKey }: { apiKey: ProviderKey }) {
  return (
    <div className="model-key-line">
      <span className="break-anywhere">
        {keyTitle(apiKey)}
        {apiKey.name !== '' && <code className="model-muted"> …{apiKey.hint}</code>}
      </span>
      <KeyUse apiKey={apiKey} />
      <KeyReason apiKey={apiKey} />
    </div>
  );
}

/** Whether a key is used: switched off by somebody, or as it is found. */
export function KeyUse({ apiKey }: { apiKey: ProviderKey }) {
  const { t } = useTranslation('model');
  return apiKey.status === 'disabled' ? <Tag>{t('keys.off')}</Tag> : <KeyState health={apiKey.health} />;
}

/** Why a key is out, since when, and when it is tried again; nothing for one that works. */
export function KeyReason({ apiKey }: { apiKey: ProviderKey }) {
  const { t } = useTranslation('model');
  const { time, relative } = useFormat();
  const reasonOf = useKeyReason();
  const { state, reason, since, until } = apiKey.health;
  if (state === 'healthy') {
    return null;
  }
  return (
    <div className="model-muted break-anywhere">
      {reason !== null && <div title={reason}>{reasonOf(apiKey.health)}</div>}
      {since !== null && <div title={time(since)}>{t('keys.since', { when: relative(since) })}</div>}
      {until !== null ? <div title={time(until)}>{t('keys.until', { when: relative(until) })}</div> : <div>{t(`keys.untilChanged.${state === 'refused' || state === 'misconfigured' || state === 'corrupt' ? 'repair' : 'wait'}`)}</div>}
    </div>
  );
}

/** When a key was last used, to the hour. */
export function LastUse({ apiKey }: { apiKey: ProviderKey }) {
  const { t } = useTranslation('model');
  const { relative, time } = useFormat();
  const { last_used_at } = apiKey;
  return (
    <span className="model-muted model-small" title={last_used_at === null ? undefined : time(last_used_at)}>
      {last_used_at === null ? t('keys.notUsed') : t('keys.used', { when: relative(last_used_at) })}
    </span>
  );
}
