package dev.jarvis.control.team;

import dev.jarvis.platform.input.Fields;

import java.util.List;

/** The fields of a team that can be chosen. */
record TeamFields(String name, String description) {
    static final String MEMBER = "member";
    static final String LEAD = "lead";
    static final List<String> ROLES = List.of(MEMBER, LEAD);

    private static final int MAX_NAME = 100;
    private static final int MAX_DESCRIPTION = 2000;

    /** A new team's. */
    static TeamFields ofNew(Fields in) {
        return read(in.require("name"), "", "");
    }

    /** A team's after a change: what is absent stays. */
    static TeamFields ofChanged(Fields in, Team team) {
        return read(in, team.name(), team.description());
    }

    private static TeamFields read(Fields in, String name, String description) {
        TeamFields fields = new TeamFields(
                in.line("name", MAX_NAME, name), in.paragraph("description", MAX_DESCRIPTION, description));
        in.refuseOthers();
        return fields;
    }
}
