import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Control } from '@/lib/api';

export type KeyHealth = Control['ProviderKey']['health'];

const COLOR: Record<KeyHealth['state'], string> = {
  healthy: 'success',
  cooling: 'warning',
  exhausted: 'warning',
  refused: 'error',
  misconfigured: 'error',
  corrupt: 'error',
};

/** How a provider key is, as the gateways found out. */
export function KeyState({ health }: { health: KeyHealth }) {
  const { t } = useTranslation('keyhealth');
  return (
    <Tag color={COLOR[health.state]} style={{ marginInlineEnd: 0 }}>
      {t(`state.${health.state}`)}
    </Tag>
  );
}

/** Why a key is out, in the reader's language; in the gateway's words where a node of an earlier version gave no code. */
export function useKeyReason(): (health: KeyHealth) => string | null {
  const { t } = useTranslation('keyhealth');
  return ({ reason_code, reason }) => (reason_code === null ? reason : t(`reason.${reason_code}`, { defaultValue: reason ?? reason_code }));
}
