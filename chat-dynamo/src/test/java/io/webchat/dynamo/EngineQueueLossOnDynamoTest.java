package io.webchat.dynamo;

import io.webchat.core.engine.recovery.QueueLossRecoverySuite;

/** A queue in memory that is lost is restored from the call log on DynamoDB. */
final class EngineQueueLossOnDynamoTest extends QueueLossRecoverySuite
        implements DynamoEngineBackends.LosableQueueFactory {}
