import { LogoutOutlined, MenuOutlined, UserOutlined } from '@ant-design/icons';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { Avatar, Button, Drawer, Dropdown, Grid, Layout, Menu, type MenuProps } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ADMINISTER, itemOf, USE, type NavigationItem } from '@/config/navigation';
import { readPreferences, writePreferences } from '@/lib/preferences';
import { logout, onSessionEnd, useSessionExpired, useUser } from '@/lib/session';
import { AppearanceSwitch, LanguageSwitch } from '@/components/Switches';
import { Loading } from './Loading';
import { Mark } from './Mark';
import { StaleNotice } from './StaleNotice';

const SessionDialog = lazy(() => import('./SessionDialog'));

function useMenu(isAdmin: boolean): MenuProps['items'] {
  const { t } = useTranslation();
  const entry = ({ path, label, icon }: NavigationItem) => ({ key: path, icon, label: <Link to={path}>{t(`nav.${label}`)}</Link> });
  return isAdmin
    ? [
        { type: 'group', key: 'use', label: t('nav.groupUse'), children: USE.map(entry) },
        { type: 'group', key: 'administer', label: t('nav.groupAdminister'), children: ADMINISTER.map(entry) },
      ]
    : USE.map(entry);
}

function UserMenu() {
  const { t } = useTranslation();
  const user = useUser();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const leave = async () => {
    try {
      await logout();
    } finally {
      queries.clear();
      await navigate({ to: '/login', ignoreBlocker: true });
    }
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', disabled: true, label: user.email },
          { type: 'divider' },
          { key: 'account', icon: <UserOutlined />, label: <Link to="/account">{t('shell.account')}</Link> },
          { key: 'logout', icon: <LogoutOutlined />, label: t('shell.logout'), onClick: () => void leave() },
        ],
      }}
    >
      <Button type="text" aria-label={t('shell.userMenu')} style={{ paddingInline: 6 }}>
        <Avatar size={26} style={{ background: '#0b6680', color: '#fff' }}>
          {user.username.slice(0, 1).toUpperCase()}
        </Avatar>
      </Button>
    </Dropdown>
  );
}

/** The frame of every page behind the login: navigation, language, appearance, the person. */
export function Shell() {
  const { t } = useTranslation();
  const user = useUser();
  const expired = useSessionExpired();
  const screens = Grid.useBreakpoint();
  const phone = screens.md === false;
  const path = useRouterState({ select: (state) => state.location.pathname });
  const items = useMenu(user.role === 'admin');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [collapsed, setCollapsed] = useState(readPreferences().siderCollapsed);
  const [drawer, setDrawer] = useState(false);
  const selected = itemOf(path);

  useEffect(() => {
    document.title = selected === undefined ? 'Jarvis' : `${t(`nav.${selected.label}`)} · Jarvis`;
  }, [selected, t]);
  useEffect(() => setDrawer(false), [path]);
  useEffect(
    () =>
      onSessionEnd(() => {
        queries.clear(); // nothing of theirs is for whoever logs in next
        void navigate({ to: '/login', search: { next: window.location.pathname + window.location.search }, ignoreBlocker: true });
      }),
    [navigate, queries],
  );

  const menu = <Menu mode="inline" items={items} selectedKeys={selected === undefined ? [] : [selected.path]} aria-label={t('nav.label')} />;
  return (
    <Layout style={{ minHeight: '100dvh' }}>
      <a className="skip-link" href="#content">
        {t('shell.skip')}
      </a>
      {phone ? (
        <Drawer open={drawer} onClose={() => setDrawer(false)} placement="left" size={280} className="shell-drawer" title={<Mark />} styles={{ body: { padding: 8 } }}>
          {menu}
        </Drawer>
      ) : (
        <Layout.Sider
          className="shell-sider"
          width={224}
          collapsible
          collapsed={collapsed}
          onCollapse={(next) => {
            setCollapsed(next);
            writePreferences({ siderCollapsed: next });
          }}
          theme="light"
        >
          <div className="shell-brand">
            <Mark compact={collapsed} />
          </div>
          <nav>{menu}</nav>
        </Layout.Sider>
      )}
      <Layout>
        <Layout.Header className="shell-header">
          {phone && <Button type="text" icon={<MenuOutlined />} aria-label={t('nav.open')} onClick={() => setDrawer(true)} />}
          <span style={{ flex: 1 }} />
          <LanguageSwitch />
          <AppearanceSwitch />
          <UserMenu />
        </Layout.Header>
        <Layout.Content id="content" tabIndex={-1} role="main" style={{ outline: 'none' }}>
          <div className="shell-content">
            <StaleNotice />
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          </div>
        </Layout.Content>
      </Layout>
      {expired && (
        <Suspense>
          <SessionDialog />
        </Suspense>
      )}
    </Layout>
  );
}
