package dev.jarvis.control;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.AuditEndpoint;
import dev.jarvis.control.body.BodyEndpoint;
import dev.jarvis.control.body.BodyPolicyEndpoint;
import dev.jarvis.control.budget.BudgetEndpoint;
import dev.jarvis.control.budget.Budgets;
import dev.jarvis.control.invitation.InvitationEndpoint;
import dev.jarvis.control.key.KeyEndpoint;
import dev.jarvis.control.key.Keys;
import dev.jarvis.control.login.DelegationEndpoint;
import dev.jarvis.control.login.LoginEndpoint;
import dev.jarvis.control.login.LoginLimits;
import dev.jarvis.control.login.LoginThrottle;
import dev.jarvis.control.login.Logins;
import dev.jarvis.control.login.OwnPassword;
import dev.jarvis.control.login.RefreshCookie;
import dev.jarvis.control.model.DiscoveryEndpoint;
import dev.jarvis.control.model.ModelDiscovery;
import dev.jarvis.control.model.ModelEndpoint;
import dev.jarvis.control.model.ModelProbe;
import dev.jarvis.control.password.Passwords;
import dev.jarvis.control.price.Catalogue;
import dev.jarvis.control.price.ExchangeRateEndpoint;
import dev.jarvis.control.price.PriceEndpoint;
import dev.jarvis.control.ratelimit.RateLimitEndpoint;
import dev.jarvis.control.ratelimit.RateLimits;
import dev.jarvis.control.reconciliation.ReconciliationEndpoint;
import dev.jarvis.control.record.RecordEndpoint;
import dev.jarvis.control.rerate.ReRateEndpoint;
import dev.jarvis.control.session.SessionLimits;
import dev.jarvis.control.session.Sessions;
import dev.jarvis.control.settings.SettingsEndpoint;
import dev.jarvis.control.settings.ThisServer;
import dev.jarvis.control.setup.Setup;
import dev.jarvis.control.setup.SetupEndpoint;
import dev.jarvis.control.setup.SetupTokens;
import dev.jarvis.control.team.TeamEndpoint;
import dev.jarvis.control.team.Teams;
import dev.jarvis.control.usage.UsageEndpoint;
import dev.jarvis.control.usage.UsageLossEndpoint;
import dev.jarvis.control.user.UserEndpoint;
import dev.jarvis.control.user.Users;
import dev.jarvis.control.webhook.DeliveryLoop;
import dev.jarvis.control.webhook.WebhookEndpoint;
import dev.jarvis.control.webhook.Webhooks;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.RouteTable;
import dev.jarvis.platform.http.Routes;
import dev.jarvis.platform.identity.AccessTokens;
import dev.jarvis.platform.identity.Identities;
import dev.jarvis.platform.identity.SigningKeys;
import dev.jarvis.platform.vault.Vault;
import io.vertx.core.Vertx;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.util.concurrent.ExecutorService;

/** The control plane, wired. */
public final class Control implements Routes, AutoCloseable {
    private final BlockingEndpoints endpoints;
    private final Setup setup;
    private final SetupTokens setupTokens;
    private final DeliveryLoop deliveries;

    private Control(BlockingEndpoints endpoints, Setup setup, SetupTokens setupTokens, DeliveryLoop deliveries) {
        this.endpoints = endpoints;
        this.setup = setup;
        this.setupTokens = setupTokens;
        this.deliveries = deliveries;
    }

    /**
     * @param passwords how passwords are kept
     * @param guard where providers and receivers of events may live
     * @param probe how a model is tried out; the gateway's answer
     * @param discovery how a provider is asked for its models; the gateway's answer
     * @param server what this process knows of itself, and its settings
     * @param executor of virtual threads, on which endpoints run
     */
    public static Control assemble(
            Jdbi jdbi,
            Vault vault,
            SigningKeys signingKeys,
            AccessTokens accessTokens,
            Identities identities,
            Passwords passwords,
            AddressGuard guard,
            ModelProbe probe,
            ModelDiscovery discovery,
            ThisServer server,
            Vertx vertx,
            ExecutorService executor) {
        Audit audit = new Audit(jdbi);
        Sessions sessions = new Sessions(SessionLimits.DEFAULT);
        LoginThrottle throttle = new LoginThrottle(LoginLimits.DEFAULT);
        Logins logins = new Logins(jdbi, accessTokens, passwords, sessions, throttle, audit);
        OwnPassword ownPassword = new OwnPassword(jdbi, passwords, sessions, throttle, audit);
        Setup setup = new Setup(jdbi, accessTokens, passwords, logins, audit);

        BlockingEndpoints endpoints = new BlockingEndpoints(identities, audit, executor);
        RefreshCookie cookie = new RefreshCookie(server.settings().publicUrl());
        new SetupEndpoint(setup, cookie).addTo(endpoints);
        new SettingsEndpoint(jdbi, setup, server, Clock.systemUTC()).addTo(endpoints);
        new LoginEndpoint(jdbi, logins, cookie, ownPassword, signingKeys).addTo(endpoints);
        new DelegationEndpoint(accessTokens).addTo(endpoints);
        new InvitationEndpoint(jdbi, accessTokens, passwords, logins, cookie, audit).addTo(endpoints);
        new UserEndpoint(jdbi, new Users(jdbi, passwords, sessions, audit)).addTo(endpoints);
        new TeamEndpoint(jdbi, new Teams(jdbi, audit)).addTo(endpoints);
        new KeyEndpoint(jdbi, new Keys(jdbi, audit)).addTo(endpoints);
        new BudgetEndpoint(new Budgets(jdbi, audit, Clock.systemUTC())).addTo(endpoints);
        Catalogue catalogue = Catalogue.shipped();
        new ModelEndpoint(jdbi, vault, guard, audit, probe, catalogue).addTo(endpoints);
        new DiscoveryEndpoint(jdbi, guard, audit, discovery, catalogue).addTo(endpoints);
        new PriceEndpoint(jdbi, audit, catalogue, Clock.systemUTC()).addTo(endpoints);
        new ExchangeRateEndpoint(jdbi, audit, Clock.systemUTC()).addTo(endpoints);
        new ReRateEndpoint(jdbi, audit).addTo(endpoints);
        new UsageEndpoint(jdbi, Clock.systemUTC()).addTo(endpoints);
        new UsageLossEndpoint(jdbi).addTo(endpoints);
        new RateLimitEndpoint(jdbi, new RateLimits(jdbi, audit)).addTo(endpoints);
        new RecordEndpoint(jdbi, audit, Clock.systemUTC()).addTo(endpoints);
        new ReconciliationEndpoint(jdbi, audit).addTo(endpoints);
        new BodyPolicyEndpoint(jdbi, audit).addTo(endpoints);
        new BodyEndpoint(jdbi, vault, audit).addTo(endpoints);
        new AuditEndpoint(jdbi).addTo(endpoints);
        Webhooks webhooks = Webhooks.assemble(jdbi, vault, guard, audit, vertx, executor);
        new WebhookEndpoint(webhooks).addTo(endpoints);
        return new Control(endpoints, setup, new SetupTokens(jdbi), webhooks.deliver());
    }

    @Override
    public void addTo(RouteTable.Builder table, Vertx vertx) {
        endpoints.addTo(table, vertx);
    }

    /** Ends what runs in the background. */
    @Override
    public void close() {
        deliveries.close();
    }

    /** How the first administrator is created. */
    public Setup setup() {
        return setup;
    }

    /** The one-time tokens that let the first administrator in. */
    public SetupTokens setupTokens() {
        return setupTokens;
    }
}
