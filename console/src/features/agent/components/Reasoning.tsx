import { Collapse } from 'antd';
import { useTranslation } from 'react-i18next';
import { Markdown } from '@/components/markdown/Markdown';

/** What a model thought before it answered, folded away. */
export function Reasoning({ text, growing = false }: { text: string; growing?: boolean }) {
  const { t } = useTranslation('agent');
  return <Collapse size="small" ghost items={[{ key: 'reasoning', label: growing ? t('thinking') : t('thought'), children: <Markdown text={text} growing={growing} /> }]} />;
}
