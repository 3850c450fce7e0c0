package dev.jarvis.control.team;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PathIds;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;

/** Creates, changes and deletes teams, and says who is in them. Everybody is in the default team, and it stays. */
public final class Teams {
    /** A membership as the audit log keeps one. */
    record AuditedMember(UUID userId, String username, String role, boolean pays) {
        static AuditedMember of(TeamMember member) {
            return new AuditedMember(member.userId(), member.username(), member.role(), member.pays());
        }
    }

    private final Jdbi jdbi;
    private final Audit audit;

    public Teams(Jdbi jdbi, Audit audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    /** For administrators and the team's leads; for others there is no such team. */
    TeamView find(Identity caller, UUID id) {
        return jdbi.inTransaction(handle -> {
            Team team = TeamTable.find(handle, id)
                    .filter(found -> mayRead(handle, caller, id))
                    .orElseThrow(Teams::unknown);
            return TeamView.of(team, TeamTable.members(handle, id));
        });
    }

    Team create(Call call) {
        TeamFields fields = TeamFields.ofNew(Fields.of(call));
        UUID id = Uuid7.next();
        return jdbi.inTransaction(handle -> {
            TeamTable.insert(handle, id, fields);
            Team team = TeamTable.find(handle, id).orElseThrow();
            audit.record(handle, call, "team.create", Target.of("team", id), null, team);
            return team;
        });
    }

    Team change(Call call, UUID id) {
        Fields in = Fields.of(call);
        return jdbi.inTransaction(handle -> {
            Team before = lock(handle, id);
            TeamTable.update(handle, id, TeamFields.ofChanged(in, before));
            Team after = TeamTable.find(handle, id).orElseThrow();
            audit.record(handle, call, "team.update", Target.of("team", id), before, after);
            return after;
        });
    }

    /** Its budgets go with it; what was used stays in the records. */
    void delete(Call call, UUID id) {
        jdbi.useTransaction(handle -> {
            Team team = lock(handle, id);
            refuseDefault(team, "It cannot be deleted.");
            if (team.memberCount() > 0) {
                throw Refusal.conflict("team_not_empty", "The team has members. Take them out of it first.", null);
            }
            TeamTable.delete(handle, id);
            audit.record(handle, call, "team.delete", Target.of("team", id), team, null);
        });
    }

    /** Takes a user in, or changes the role of one. */
    TeamMember putMember(Call call, UUID id, UUID user) {
        String role = role(call);
        return jdbi.inTransaction(handle -> {
            lock(handle, id);
            if (!TeamTable.hasUser(handle, user)) {
                throw PathIds.notFound("user");
            }
            Optional<TeamMember> before = TeamTable.member(handle, id, user);
            TeamTable.putMember(handle, id, user, role);
            TeamMember after = TeamTable.member(handle, id, user).orElseThrow();
            @Nullable AuditedMember was = before.map(AuditedMember::of).orElse(null);
            audit.record(handle, call, "team.member.put", Target.of("team", id), was, AuditedMember.of(after));
            return after;
        });
    }

    /** What the user paid through the team counts for the default team from here on. */
    void removeMember(Call call, UUID id, UUID user) {
        jdbi.useTransaction(handle -> {
            refuseDefault(lock(handle, id), "Nobody can leave it.");
            TeamMember member = TeamTable.member(handle, id, user)
                    .orElseThrow(() -> Refusal.notFound("member_not_found", "The user is not in this team."));
            TeamTable.removeMember(handle, id, user);
            audit.record(handle, call, "team.member.remove", Target.of("team", id), AuditedMember.of(member), null);
        });
    }

    private static boolean mayRead(Handle handle, Identity caller, UUID id) {
        return caller.role() == Role.ADMIN
                || TeamTable.member(handle, id, caller.userId())
                        .filter(member -> member.role().equals(TeamFields.LEAD))
                        .isPresent();
    }

    /** The body is optional: a plain member. */
    private static String role(Call call) {
        if (call.body().length == 0) {
            return TeamFields.MEMBER;
        }
        Fields in = Fields.of(call);
        String role = in.choice("role", TeamFields.ROLES, TeamFields.MEMBER);
        in.refuseOthers();
        return role;
    }

    private static void refuseDefault(Team team, String what) {
        if (team.isDefault()) {
            throw Refusal.conflict("default_team", "This is the default team, which everybody is in. " + what, null);
        }
    }

    private static Team lock(Handle handle, UUID id) {
        return TeamTable.lock(handle, id).orElseThrow(Teams::unknown);
    }

    private static Refusal unknown() {
        return PathIds.notFound("team");
    }
}
