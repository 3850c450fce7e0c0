package dev.jarvis.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What a load run saw.
 *
 * @param completed whole answers with status 200
 * @param failed answers with another status, cut connections, answers that did not come in time
 * @param tokens tokens that were due inside the window of a paced run
 * @param seconds how long the load lasted
 * @param delays nanoseconds from due to done: of whole answers, or of single tokens in a paced run
 */
public record LoadResult(long completed, long failed, long tokens, double seconds, Histogram delays) {

    static LoadResult of(Tally tally, double seconds) {
        return new LoadResult(tally.completed.sum(), tally.failed.sum(), tally.tokens.sum(), seconds, tally.delays());
    }
}
