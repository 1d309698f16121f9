package io.webchat.dynamo;

import io.webchat.core.engine.recovery.QueueLossRecoverySuite;
import org.junit.jupiter.api.Tag;

/** A queue in memory that is lost is restored from the call log on DynamoDB. */
@Tag("full")
final class EngineQueueLossOnDynamoTest extends QueueLossRecoverySuite
        implements DynamoEngineBackends.LosableQueueFactory {}
