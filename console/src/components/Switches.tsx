import { GlobalOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '@/lib/appearance';
import { changeLanguage } from '@/lib/i18n';
import type { Appearance, Language } from '@/lib/preferences';

const LANGUAGES: { key: Language; label: string }[] = [
  { key: 'zh', label: '简体中文' },
  { key: 'en', label: 'English' },
];
const APPEARANCES: Appearance[] = ['light', 'dark', 'system'];

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items: LANGUAGES, selectable: true, selectedKeys: [i18n.language], onClick: ({ key }) => void changeLanguage(key as Language) }}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={t('shell.language')}>
        {i18n.language === 'zh' ? LANGUAGES[0]?.label : LANGUAGES[1]?.label}
      </Button>
    </Dropdown>
  );
}

export function AppearanceSwitch() {
  const { t } = useTranslation();
  const { appearance, isDark, choose } = useAppearance();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: APPEARANCES.map((key) => ({ key, label: t(`appearance.${key}`) })),
        selectable: true,
        selectedKeys: [appearance],
        onClick: ({ key }) => choose(key as Appearance),
      }}
    >
      <Button type="text" icon={isDark ? <MoonOutlined /> : <SunOutlined />} aria-label={t('shell.appearance')} />
    </Dropdown>
  );
}
