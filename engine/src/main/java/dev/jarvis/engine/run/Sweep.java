package dev.jarvis.engine.run;

import dev.jarvis.engine.attachment.AttachmentTable;
import org.jdbi.v3.core.Jdbi;

import java.util.UUID;

/** What any engine does now and then for all: ends what nobody may go on with, looks up late costs, and throws away. */
final class Sweep {
    private static final String ABANDONED =
            "The run was left alone for too long, and may no longer act for its user. Send the message again.";

    private final Jdbi jdbi;
    private final Costs costs;
    private final Announcements announcements;
    private final Toolbox tools;

    Sweep(Jdbi jdbi, Costs costs, Announcements announcements, Toolbox tools) {
        this.jdbi = jdbi;
        this.costs = costs;
        this.announcements = announcements;
        this.tools = tools;
    }

    void run() {
        for (UUID run : jdbi.withHandle(RunTable::abandoned)) {
            announcements.failAbandoned(run, "run_abandoned", ABANDONED);
        }
        for (StepRow step : jdbi.withHandle(StepTable::uncosted)) {
            jdbi.useHandle(handle -> RunTable.find(handle, step.runId())
                    .flatMap(run -> costs.find(run.userId(), String.valueOf(step.requestId()), step.startedAt()))
                    .ifPresent(
                            cost -> StepTable.cost(handle, step.runId(), step.number(), cost.nano(), cost.currency())));
        }
        EventTable.forgetOld(jdbi);
        jdbi.useHandle(AttachmentTable::forgetUnused);
        tools.tidy();
    }
}
