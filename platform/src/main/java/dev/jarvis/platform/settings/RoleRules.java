package dev.jarvis.platform.settings;

import dev.jarvis.platform.settings.Settings.Role;

import java.util.List;

/** Which roles go together in one process, and which settings with them. */
final class RoleRules {
    private static final String NO_SHARED_DATABASE =
            "it is missing: the built-in PostgreSQL belongs to one process. Give the gateway and its engines the same"
                    + " external one, the engines with a role of their own (docs/operations/roles.md).";

    private final SettingValues values;

    RoleRules(SettingValues values) {
        this.values = values;
    }

    void check(Settings settings) {
        roles(settings);
        if (settings.isEngineApart()) {
            engineApart();
        } else {
            refuse(Setting.GATEWAY_URL, "it is for an engine apart (JARVIS_ROLES=engine). Remove it.");
        }
        if (settings.has(Role.ENGINE)) {
            refuse(Setting.ENGINE_URL, "this process is an engine itself. Remove it, or the role.");
        } else {
            refuse(Setting.ENGINE_KEY, "no engine runs here. Remove it, so that nothing of runs can be opened.");
            if (settings.engineUrl().isPresent() && !values.isGiven(Setting.DATABASE_URL)) {
                values.fault(Setting.DATABASE_URL, NO_SHARED_DATABASE);
            }
        }
        if (!settings.has(Role.CONTROL)) {
            for (Setting setting : List.of(Setting.ADMIN_EMAIL, Setting.ADMIN_PASSWORD)) {
                refuse(setting, "only the control role makes administrators. Remove it.");
            }
        }
    }

    private void roles(Settings settings) {
        if (settings.has(Role.CONTROL) && !settings.has(Role.GATEWAY)) {
            values.fault(Setting.ROLES, "'control' needs 'gateway' beside it, through which it tries keys and models.");
        }
        if (settings.has(Role.CONSOLE) && !settings.has(Role.CONTROL)) {
            values.fault(Setting.ROLES, "'console' needs 'control' beside it, which its pages speak to.");
        }
        if (settings.has(Role.ENGINE) && settings.has(Role.GATEWAY) && !settings.has(Role.CONTROL)) {
            values.fault(
                    Setting.ROLES,
                    "'engine' beside 'gateway' needs 'control' too; or run it in a process of its own, with"
                            + " JARVIS_GATEWAY_URL.");
        }
    }

    private void engineApart() {
        if (!values.isGiven(Setting.GATEWAY_URL)) {
            values.fault(
                    Setting.GATEWAY_URL,
                    "it is missing: where an engine apart finds the gateway and the control plane,"
                            + " http://10.1.0.5:8080.");
        }
        if (!values.isGiven(Setting.DATABASE_URL)) {
            values.fault(Setting.DATABASE_URL, NO_SHARED_DATABASE);
        }
        for (Setting setting : List.of(Setting.MASTER_KEY, Setting.MASTER_KEY_FILE)) {
            refuse(
                    setting,
                    "an engine apart has no use for it. Remove it, so that what agents do cannot reach provider keys.");
        }
    }

    private void refuse(Setting setting, String why) {
        if (values.isGiven(setting)) {
            values.fault(setting, why);
        }
    }
}
