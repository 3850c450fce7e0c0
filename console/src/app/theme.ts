import { theme, type ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** Whether the system is dark now. */
export function useSystemDark(): boolean {
  return useSyncExternalStore(
    (listener) => {
      dark.addEventListener('change', listener);
      return () => dark.removeEventListener('change', listener);
    },
    () => dark.matches,
  );
}

/** Who asked the system for less motion sees dialogs and menus at once, in place of sliding in. */
const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

const shared = {
  motion: !isStill,
  borderRadius: 8,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
  fontFamilyCode: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace",
};

// Secondary texts are darker than Ant Design's own, which stay under the contrast of WCAG AA (4.5:1) on our grounds.
const light: ThemeConfig = {
  algorithm: theme.defaultAlgorithm,
  token: {
    ...shared,
    colorPrimary: '#0b6680',
    colorInfo: '#0b6680',
    colorLink: '#0b6680',
    colorSuccess: '#1e7b45',
    colorWarning: '#9a6200',
    colorError: '#c02f2f',
    colorBgLayout: '#f5f7f9',
    colorTextSecondary: '#4b5866',
    colorTextTertiary: '#5b6876',
    colorTextDescription: '#5b6876',
    colorTextPlaceholder: '#6b7785',
    colorTextQuaternary: '#6b7785',
    // Ant Design makes grey tints of colours as dark as these.
    colorPrimaryBg: '#e3f0f4',
    colorPrimaryBgHover: '#d3e8ee',
    controlItemBgActive: '#e3f0f4',
    controlItemBgActiveHover: '#d3e8ee',
    colorInfoBg: '#e3f0f4',
    colorInfoBorder: '#a5cfdb',
    colorSuccessBg: '#e7f5ec',
    colorSuccessBorder: '#a9dcbd',
    colorWarningBg: '#fdf3e0',
    colorWarningBorder: '#ecd09a',
    colorErrorBg: '#fdecec',
    colorErrorBorder: '#f2b8b8',
  },
  components: { Layout: { siderBg: '#ffffff', headerBg: '#ffffff', triggerBg: '#ffffff', triggerColor: '#4b5866' }, Menu: { itemHeight: 36 }, Table: { headerBg: '#f8fafb' } },
};

const darkTheme: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...shared,
    colorPrimary: '#45b8d2',
    colorInfo: '#45b8d2',
    colorLink: '#5cc4db',
    colorLinkHover: '#86d8e8',
    colorSuccess: '#4fb878',
    colorWarning: '#d9a03f',
    colorError: '#f58080',
    colorBgBase: '#12171c',
    colorBgContainer: '#151b21',
    colorBgElevated: '#1b232b',
    colorBorder: '#3a4753',
    colorBorderSecondary: '#27303a',
    colorBgLayout: '#0d1115',
    colorTextSecondary: '#b4bfca',
    colorTextTertiary: '#98a5b2',
    colorTextDescription: '#98a5b2',
    colorTextPlaceholder: '#8b98a5',
    colorTextQuaternary: '#8b98a5',
    colorTextLightSolid: '#06181d',
  },
  components: {
    Layout: { siderBg: '#12171c', headerBg: '#12171c', triggerBg: '#12171c' },
    Menu: { itemHeight: 36, itemSelectedColor: '#8fdcec' },
  },
};

export function themeFor(isDark: boolean): ThemeConfig {
  return isDark ? darkTheme : light;
}
