import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AppearanceContext } from '@/lib/appearance';
import { nonce } from '@/lib/ownStyles';
import { readPreferences, writePreferences, type Appearance } from '@/lib/preferences';
import { queryClient } from '@/lib/query';
import { themeFor, useSystemDark } from './theme';

export function Providers({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [appearance, setAppearance] = useState<Appearance>(readPreferences().appearance);
  const systemDark = useSystemDark();
  const isDark = appearance === 'dark' || (appearance === 'system' && systemDark);

  useEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  }, [isDark]);
  useEffect(() => {
    dayjs.locale(i18n.language === 'zh' ? 'zh-cn' : 'en');
  }, [i18n.language]);

  const choice = useMemo(
    () => ({
      appearance,
      isDark,
      choose: (next: Appearance) => {
        writePreferences({ appearance: next });
        setAppearance(next);
      },
    }),
    [appearance, isDark],
  );

  return (
    <AppearanceContext value={choice}>
      <ConfigProvider
        theme={themeFor(isDark)}
        locale={i18n.language === 'zh' ? zhCN : enUS}
        button={{ autoInsertSpace: false }}
        {...(nonce === undefined ? {} : { csp: { nonce } })}
      >
        <AntApp message={{ duration: 4 }}>
          <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
        </AntApp>
      </ConfigProvider>
    </AppearanceContext>
  );
}
