import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { IconAction } from './IconAction';

/** Goes through the versions of a question or an answer; nothing where there is only one. */
export function VersionSteps({ count, at, label, disabled = false, onShow }: { count: number; at: number; label: string; disabled?: boolean; onShow: (at: number) => void }) {
  const { t } = useTranslation('talk');
  return count < 2 ? null : (
    <span className="talk-versions" role="group" aria-label={label}>
      <IconAction icon={<LeftOutlined />} label={t('before')} disabled={disabled || at <= 0} onClick={() => onShow(at - 1)} />
      <span className="numbers">
        {at + 1}/{count}
      </span>
      <IconAction icon={<RightOutlined />} label={t('after')} disabled={disabled || at >= count - 1} onClick={() => onShow(at + 1)} />
    </span>
  );
}
