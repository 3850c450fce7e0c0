import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

/** Switched on or off. */
export function StatusTag({ on }: { on: boolean }) {
  const { t } = useTranslation();
  return (
    <Tag color={on ? 'success' : 'default'} style={{ marginInlineEnd: 0 }}>
      {t(on ? 'state.enabled' : 'state.disabled')}
    </Tag>
  );
}
