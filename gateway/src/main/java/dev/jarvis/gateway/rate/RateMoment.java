package dev.jarvis.gateway.rate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The ends and the beginnings of requests that go to Redis in one call of {@link RateScripts#SERVE}. Requests of one moment
 * are mostly of the same subjects: each subject's keys are sent once. Not thread-safe.
 */
final class RateMoment {
    /** @param moreTokens than were set aside */
    record End(List<RateClaim> claims, String id, long second, long moreTokens) {}

    /** @param births that this node knew of each when it asked; 0: none */
    record Beginning(List<RateClaim> claims, long[] births, String id, long tokens) {}

    /**
     * What Redis decided of one beginning.
     *
     * @param lost nothing was decided: what Redis had of one of the subjects is gone
     * @param worst the place of the claim that has no room
     */
    record Decision(
            boolean granted,
            boolean lost,
            long second,
            int worst,
            Shortage.Kind kind,
            long waitMillis,
            List<Standing> standings) {}

    /**
     * What Redis answered.
     *
     * @param births of the counts that are not the ones this node knew
     * @param decisions in the order of the beginnings
     */
    record Reply(String epoch, Map<RateSubject, Long> births, List<Decision> decisions) {}

    private final List<End> ends = new ArrayList<>();
    private final List<Beginning> beginnings = new ArrayList<>();
    private final Map<RateSubject, Integer> places = new LinkedHashMap<>();
    private final Map<RateSubject, Long> births = new HashMap<>();

    void add(End end) {
        ends.add(end);
        place(end.claims());
    }

    void add(Beginning beginning) {
        beginnings.add(beginning);
        place(beginning.claims());
        for (int i = 0; i < beginning.births().length; i++) {
            births.merge(beginning.claims().get(i).subject(), beginning.births()[i], RateMoment::older);
        }
    }

    private static long older(long birth, long other) {
        return birth == 0 || other == 0 ? birth + other : Math.min(birth, other);
    }

    private void place(List<RateClaim> claims) {
        for (RateClaim claim : claims) {
            places.putIfAbsent(claim.subject(), places.size() + 1);
        }
    }

    String[] names(RateKeys keys) {
        String[] names = new String[2 + 2 * places.size()];
        names[0] = keys.epoch();
        names[1] = keys.born();
        int at = 2;
        for (RateSubject subject : places.keySet()) {
            names[at++] = keys.minute(subject);
            names[at++] = keys.running(subject);
        }
        return names;
    }

    /** @param epoch if Redis has none */
    String[] arguments(String epoch) {
        List<String> arguments = new ArrayList<>();
        arguments.add(epoch);
        arguments.add(number(ends.size()));
        arguments.add(number(beginnings.size()));
        places.keySet().forEach(subject -> arguments.add(number(births.getOrDefault(subject, 0L))));
        for (End end : ends) {
            arguments.add(end.id());
            arguments.add(number(end.second()));
            arguments.add(number(end.moreTokens()));
            arguments.add(number(end.claims().size()));
            end.claims().forEach(claim -> arguments.add(place(claim)));
        }
        for (Beginning beginning : beginnings) {
            arguments.add(beginning.id());
            arguments.add(number(beginning.tokens()));
            arguments.add(number(beginning.claims().size()));
            for (RateClaim claim : beginning.claims()) {
                arguments.add(place(claim));
                arguments.add(limit(claim.limit().requests()));
                arguments.add(limit(claim.limit().tokens()));
                arguments.add(limit(claim.limit().concurrent()));
            }
        }
        return arguments.toArray(String[]::new);
    }

    Reply reply(List<Object> answer) {
        List<RateSubject> subjects = List.copyOf(places.keySet());
        long second = integer(answer, 1);
        int at = 3;
        Map<RateSubject, Long> others = new HashMap<>();
        for (long left = integer(answer, 2); left > 0; left--) {
            others.put(subjects.get((int) integer(answer, at++) - 1), integer(answer, at++));
        }
        List<Decision> decisions = new ArrayList<>(beginnings.size());
        for (Beginning beginning : beginnings) {
            decisions.add(decision(answer, at, second, beginning.claims()));
            at += 4 + 3 * beginning.claims().size();
        }
        return new Reply(String.valueOf(answer.getFirst()), others, decisions);
    }

    private static Decision decision(List<Object> answer, int from, long second, List<RateClaim> claims) {
        List<Standing> standings = new ArrayList<>(claims.size());
        for (int i = 0; i < claims.size(); i++) {
            int at = from + 4 + 3 * i;
            standings.add(new Standing(
                    claims.get(i).limit(), integer(answer, at), integer(answer, at + 1), integer(answer, at + 2)));
        }
        return new Decision(
                integer(answer, from) == 1,
                integer(answer, from + 2) == 5,
                second,
                (int) integer(answer, from + 1) - 1,
                switch ((int) integer(answer, from + 2)) {
                    case 2 -> Shortage.Kind.TOKENS;
                    case 3 -> Shortage.Kind.CONCURRENT;
                    case 4 -> Shortage.Kind.TOO_LARGE;
                    default -> Shortage.Kind.REQUESTS;
                },
                integer(answer, from + 3),
                standings);
    }

    private String place(RateClaim claim) {
        return number(Objects.requireNonNull(places.get(claim.subject())));
    }

    private static String limit(long limit) {
        return limit == RateLimit.UNLIMITED ? "-1" : Long.toString(limit);
    }

    private static String number(long value) {
        return Long.toString(value);
    }

    private static long integer(List<Object> answer, int at) {
        return (Long) answer.get(at);
    }
}
