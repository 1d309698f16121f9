package io.webchat.redis.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisDataException;

/** Each class of error replies of Redis has one meaning for callers. The texts are those of Redis 7.0 to 8. */
final class ErrorRepliesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            queue_full  | OOM command not allowed when used memory > 'maxmemory'.
            queue_full  | OOM allow-oom flag is not set on the script, can not run it when used memory > 'maxmemory'
            unavailable | MISCONF Errors writing to the AOF file: No space left on device
            unavailable | READONLY You can't write against a read only replica.
            unavailable | NOREPLICAS Not enough good replicas to write.
            unavailable | NOPERM this user has no permissions to run the 'hset' command
            unavailable | NOPERM this user has no permissions to access one of the keys used as arguments
            unavailable | ERR The user executing the script can't run this command or subcommand script: 1f
            unavailable | ERR The user executing the script can't publish to the channel mentioned in the command
            unavailable | ERR ACL failure in script: User u has no permissions to run 'publish'
            unavailable | NOAUTH Authentication required.
            unavailable | WRONGPASS invalid username-password pair or user is disabled.
            unavailable | DENIED Redis is running in protected mode
            unavailable | LOADING Redis is loading the dataset in memory
            unavailable | BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.
            unavailable | TRYAGAIN Multiple keys request during rehashing of slot
            unavailable | CLUSTERDOWN The cluster is down
            unavailable | MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.
            unavailable | UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)
            unavailable | NOSCRIPT No matching script. Please use EVAL.
            unavailable | MOVED 3999 127.0.0.1:6381
            unavailable | ASK 3999 127.0.0.1:6381
            unavailable | NEWER this queue has the format 3 of another version; this node knows format 2
            unavailable | ERR max number of clients reached
            internal    | WRONGTYPE Operation against a key holding the wrong kind of value
            internal    | ERR unknown command 'X', with args beginning with: 'a'
            internal    | ERR user_script:2: Script attempted to access nonexistent variable 'x'
            internal    | CROSSSLOT Keys in request don't hash to the same slot
            internal    | SURPRISE
            """)
    void each_class_of_error_replies_has_one_meaning(String code, String reply) {
        assertThat(ErrorReplies.toChatException(new JedisDataException(reply)).code())
                .as(reply)
                .extracting(ErrorCode::wire)
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"NOSCRIPT, true", "LOADING, true", "READONLY, true", "MASTERDOWN, true", "OOM, false", "NOPERM, false"})
    void only_another_connection_cures_a_temporary_refusal(String kind, boolean temporary) {
        assertThat(ErrorReplies.isTemporary(new JedisDataException(kind + " some text")))
                .isEqualTo(temporary);
    }

    @Test
    void a_reply_without_text_is_internal() {
        assertThat(ErrorReplies.toChatException(new JedisDataException((String) null))
                        .code())
                .isEqualTo(ErrorCode.INTERNAL);
    }
}
