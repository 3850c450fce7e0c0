import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { validateAgentChatSearch, validateAgentSearch, validateNewAgentSearch } from '@/features/agent/search';
import { validateAuditSearch } from '@/features/audit/search';
import { validateBudgetSearch } from '@/features/budget/search';
import { validateCallSearch } from '@/features/record/search';
import { validateChatSearch } from '@/features/chat/search';
import { validateCostSearch } from '@/features/cost/search';
import { validateKeySearch } from '@/features/key/search';
import { validateLimitSearch } from '@/features/ratelimit/search';
import { validateLoginSearch } from '@/features/login/search';
import { validateMcpSearch } from '@/features/mcp/search';
import { validateModelSearch, validateNewModelSearch } from '@/features/model/search';
import { validateOverviewSearch } from '@/features/overview/search';
import { validatePriceSearch } from '@/features/price/search';
import { validateReconciliationSearch } from '@/features/reconciliation/search';
import { validateSquareSearch } from '@/features/square/search';
import { validateTeamSearch } from '@/features/team/search';
import { validateUsageSearch } from '@/features/usage/search';
import { validateUserSearch } from '@/features/user/search';
import { validateWebhookSearch } from '@/features/webhook/search';
import { preloadMessages } from '@/lib/i18n';
import type { RawSearch } from '@/lib/search';
import { currentUser, leave, resume } from '@/lib/session';
import { NotAllowed, NotFound, PageError } from './Fallbacks';
import { Loading } from './Loading';
import { setupNeeded } from './setupNeeded';
import { Shell } from './Shell';

/** A page's code, and with it the messages that it shows: they would else be asked for when the code is there. */
function page<Module extends Record<string, unknown>, Name extends keyof Module & string>(messages: string[], load: () => Promise<Module>, name: Name) {
  return lazyRouteComponent(() => {
    preloadMessages(messages);
    return load();
  }, name);
}

/** What the validator leaves out is left out: the router would hand it on as it stands in the address. */
function only<Search extends object>(validate: (raw: RawSearch) => Search): (raw: RawSearch) => Search {
  return (raw) => ({ ...Object.fromEntries(Object.keys(raw).map((name) => [name, undefined])), ...validate(raw) });
}

// The session that the first page needs, asked for before the router comes to it.
let early: Promise<boolean> | null = null;

function resumed(): Promise<boolean> {
  const asked = early;
  early = null;
  return asked ?? resume();
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageError });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: only(validateLoginSearch),
  beforeLoad: async () => {
    leave();
    if (await setupNeeded()) {
      throw redirect({ to: '/setup' });
    }
  },
  component: page(['login'], () => import('@/features/login/LoginPage'), 'LoginPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async () => {
    if (!(await setupNeeded())) {
      throw redirect({ to: '/' });
    }
  },
  component: page(['setup'], () => import('@/features/setup/SetupPage'), 'SetupPage'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: page(['login'], () => import('@/features/login/InvitationPage'), 'InvitationPage'),
});

/** For whoever has the link. */
const shared = createRoute({ getParentRoute: () => root, path: '/shared/$token', component: page(['shared'], () => import('@/features/shared/SharedPage'), 'SharedPage') });

/** Everything behind the login. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: Shell,
  beforeLoad: async ({ location }) => {
    if (currentUser() === null && !(await resumed())) {
      throw redirect({ to: '/login', search: { next: location.href } });
    }
  },
});
const home = createRoute({ getParentRoute: () => app, path: '/', component: page(['home', 'meter'], () => import('@/features/home/HomePage'), 'HomePage') });
const chat = createRoute({
  getParentRoute: () => app,
  path: '/chat',
  validateSearch: only(validateChatSearch),
  component: page(['chat', 'talk'], () => import('@/features/chat/ChatPage'), 'ChatPage'),
});
const agents = createRoute({
  getParentRoute: () => app,
  path: '/agents',
  validateSearch: only(validateAgentSearch),
  component: page(['agent'], () => import('@/features/agent/AgentsPage'), 'AgentsPage'),
});
const newAgent = createRoute({
  getParentRoute: () => app,
  path: '/agents/new',
  validateSearch: only(validateNewAgentSearch),
  component: page(['agent'], () => import('@/features/agent/AgentFormPage'), 'NewAgentPage'),
});
const editAgent = createRoute({ getParentRoute: () => app, path: '/agents/$id/edit', component: page(['agent'], () => import('@/features/agent/AgentFormPage'), 'EditAgentPage') });
const agentChat = createRoute({
  getParentRoute: () => app,
  path: '/agents/$id',
  validateSearch: only(validateAgentChatSearch),
  component: page(['agent', 'talk'], () => import('@/features/agent/AgentChatPage'), 'AgentChatPage'),
});
const run = createRoute({ getParentRoute: () => app, path: '/runs/$id', component: page(['run'], () => import('@/features/run/RunPage'), 'RunPage') });
const square = createRoute({
  getParentRoute: () => app,
  path: '/models',
  validateSearch: only(validateSquareSearch),
  component: page(['square'], () => import('@/features/square/SquarePage'), 'SquarePage'),
});
const keys = createRoute({
  getParentRoute: () => app,
  path: '/keys',
  validateSearch: only(validateKeySearch),
  component: page(['key', 'snippets'], () => import('@/features/key/KeysPage'), 'KeysPage'),
});
const usage = createRoute({
  getParentRoute: () => app,
  path: '/usage',
  validateSearch: only(validateUsageSearch),
  component: page(['usage', 'meter'], () => import('@/features/usage/UsagePage'), 'UsagePage'),
});
const facts = createRoute({ getParentRoute: () => app, path: '/facts', component: page(['fact'], () => import('@/features/fact/FactsPage'), 'FactsPage') });
const account = createRoute({ getParentRoute: () => app, path: '/account', component: page(['account'], () => import('@/features/account/AccountPage'), 'AccountPage') });

/** What only administrators see; the server refuses everybody else anyway. */
const admin = createRoute({
  getParentRoute: () => app,
  path: '/admin',
  component: () => (currentUser()?.role === 'admin' ? <Outlet /> : <NotAllowed />),
});
const overview = createRoute({
  getParentRoute: () => admin,
  path: '/',
  validateSearch: only(validateOverviewSearch),
  component: page(['overview', 'meter', 'keyhealth'], () => import('@/features/overview/OverviewPage'), 'OverviewPage'),
});
const start = createRoute({ getParentRoute: () => admin, path: '/start', component: page(['start', 'model', 'snippets'], () => import('@/features/model/GuidedStartPage'), 'GuidedStartPage') });
const models = createRoute({
  getParentRoute: () => admin,
  path: '/models',
  validateSearch: only(validateModelSearch),
  component: page(['model', 'keyhealth', 'bodypolicy'], () => import('@/features/model/ModelsPage'), 'ModelsPage'),
});
const newModel = createRoute({
  getParentRoute: () => admin,
  path: '/models/new',
  validateSearch: only(validateNewModelSearch),
  component: page(['model', 'keyhealth', 'ratecard', 'bodypolicy'], () => import('@/features/model/ModelFormPage'), 'NewModelPage'),
});
const model = createRoute({ getParentRoute: () => admin, path: '/models/$id', component: page(['model', 'keyhealth', 'ratecard', 'bodypolicy'], () => import('@/features/model/ModelFormPage'), 'EditModelPage') });
const users = createRoute({
  getParentRoute: () => admin,
  path: '/users',
  validateSearch: only(validateUserSearch),
  component: page(['user', 'bodypolicy'], () => import('@/features/user/UsersPage'), 'UsersPage'),
});
const teams = createRoute({
  getParentRoute: () => admin,
  path: '/teams',
  validateSearch: only(validateTeamSearch),
  component: page(['team'], () => import('@/features/team/TeamsPage'), 'TeamsPage'),
});
const budgets = createRoute({
  getParentRoute: () => admin,
  path: '/budgets',
  validateSearch: only(validateBudgetSearch),
  component: page(['budget'], () => import('@/features/budget/BudgetsPage'), 'BudgetsPage'),
});
const limits = createRoute({
  getParentRoute: () => admin,
  path: '/limits',
  validateSearch: only(validateLimitSearch),
  component: page(['ratelimit'], () => import('@/features/ratelimit/LimitsPage'), 'LimitsPage'),
});
const prices = createRoute({
  getParentRoute: () => admin,
  path: '/prices',
  validateSearch: only(validatePriceSearch),
  component: page(['price', 'ratecard'], () => import('@/features/price/PricesPage'), 'PricesPage'),
});
const cost = createRoute({
  getParentRoute: () => admin,
  path: '/usage',
  validateSearch: only(validateCostSearch),
  component: page(['cost'], () => import('@/features/cost/CostPage'), 'CostPage'),
});
const calls = createRoute({
  getParentRoute: () => admin,
  path: '/calls',
  validateSearch: only(validateCallSearch),
  component: page(['record', 'meter'], () => import('@/features/record/CallsPage'), 'CallsPage'),
});
const call = createRoute({ getParentRoute: () => admin, path: '/calls/$id', component: page(['record', 'meter'], () => import('@/features/record/CallPage'), 'CallPage') });
const reconciliation = createRoute({
  getParentRoute: () => admin,
  path: '/reconciliation',
  validateSearch: only(validateReconciliationSearch),
  component: page(['reconciliation'], () => import('@/features/reconciliation/ReconciliationPage'), 'ReconciliationPage'),
});
const mcpServers = createRoute({
  getParentRoute: () => admin,
  path: '/mcp-servers',
  validateSearch: only(validateMcpSearch),
  component: page(['mcp'], () => import('@/features/mcp/McpServersPage'), 'McpServersPage'),
});
const webhooks = createRoute({ getParentRoute: () => admin, path: '/webhooks', validateSearch: only(validateWebhookSearch), component: page(['webhook'], () => import('@/features/webhook/WebhooksPage'), 'WebhooksPage') });
const audit = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  validateSearch: only(validateAuditSearch),
  component: page(['audit'], () => import('@/features/audit/AuditPage'), 'AuditPage'),
});
const settings = createRoute({ getParentRoute: () => admin, path: '/settings', component: page(['settings'], () => import('@/features/settings/SettingsPage'), 'SettingsPage') });

const tree = root.addChildren([
  login,
  setup,
  invitation,
  shared,
  app.addChildren([
    home,
    chat,
    agents,
    newAgent,
    editAgent,
    agentChat,
    run,
    square,
    keys,
    usage,
    account,
    facts,
    admin.addChildren([overview, start, models, newModel, model, users, teams, budgets, limits, prices, cost, calls, call, reconciliation, mcpServers, webhooks, audit, settings]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPendingComponent: Loading,
  defaultErrorComponent: PageError,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

/**
 * Asks at once for all that the opened page needs: its code, its messages, the session. Otherwise each would be asked for when
 * the one before had come, and far from the server every such step is a visible wait.
 */
export function askAhead(): void {
  const [routes] = router.getMatchedRoutes(window.location.pathname);
  for (const route of routes) {
    void (route.options.component as { preload?: () => Promise<void> } | undefined)?.preload?.();
  }
  if (routes.some(({ id }) => id === app.id)) {
    early = resume();
    early.catch(() => undefined); // told by whoever waits for it
  } else if (routes.some(({ id }) => id === login.id)) {
    setupNeeded().catch(() => undefined);
  }
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
