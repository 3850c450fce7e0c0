import {
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BarChartOutlined,
  BellOutlined,
  CommentOutlined,
  ControlOutlined,
  DashboardOutlined,
  DollarOutlined,
  FileSearchOutlined,
  HomeOutlined,
  KeyOutlined,
  ReconciliationOutlined,
  RobotOutlined,
  SettingOutlined,
  TagsOutlined,
  TeamOutlined,
  ToolOutlined,
  UserOutlined,
  WalletOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

export interface NavigationItem {
  /** Where it leads; also what decides which item is lit. */
  path: string;
  /** Other pages that belong to it. */
  also?: string[];
  /** Key of its label in the messages `common:nav.*`. */
  label: string;
  icon: ReactNode;
}

export const USE: NavigationItem[] = [
  { path: '/', label: 'home', icon: <HomeOutlined /> },
  { path: '/chat', label: 'chat', icon: <CommentOutlined /> },
  { path: '/agents', also: ['/facts', '/runs'], label: 'agents', icon: <RobotOutlined /> },
  { path: '/models', label: 'models', icon: <AppstoreOutlined /> },
  { path: '/keys', label: 'keys', icon: <KeyOutlined /> },
  { path: '/usage', label: 'usage', icon: <BarChartOutlined /> },
];

export const ADMINISTER: NavigationItem[] = [
  { path: '/admin', label: 'overview', icon: <DashboardOutlined /> },
  { path: '/admin/models', also: ['/admin/start'], label: 'adminModels', icon: <ApiOutlined /> },
  { path: '/admin/users', label: 'users', icon: <UserOutlined /> },
  { path: '/admin/teams', label: 'teams', icon: <TeamOutlined /> },
  { path: '/admin/budgets', label: 'budgets', icon: <WalletOutlined /> },
  { path: '/admin/limits', label: 'limits', icon: <ControlOutlined /> },
  { path: '/admin/prices', label: 'prices', icon: <TagsOutlined /> },
  { path: '/admin/usage', label: 'cost', icon: <DollarOutlined /> },
  { path: '/admin/calls', label: 'calls', icon: <FileSearchOutlined /> },
  { path: '/admin/reconciliation', label: 'reconciliation', icon: <ReconciliationOutlined /> },
  { path: '/admin/mcp-servers', label: 'mcpServers', icon: <ToolOutlined /> },
  { path: '/admin/webhooks', label: 'webhooks', icon: <BellOutlined /> },
  { path: '/admin/audit', label: 'audit', icon: <AuditOutlined /> },
  { path: '/admin/settings', label: 'settings', icon: <SettingOutlined /> },
];

/** The item that a path belongs to: the longest one that it starts with. */
export function itemOf(path: string): NavigationItem | undefined {
  const within = (root: string) => path === root || (root !== '/' && path.startsWith(`${root}/`));
  return [...USE, ...ADMINISTER].filter((item) => [item.path, ...(item.also ?? [])].some(within)).sort((a, b) => b.path.length - a.path.length)[0];
}
