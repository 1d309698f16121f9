package io.webchat.dynamo;

import io.webchat.core.engine.amend.AmendmentSuite;
import org.junit.jupiter.api.Tag;

/** Amendments keep their guarantees on DynamoDB. */
@Tag("full")
final class EngineAmendmentsOnDynamoTest extends AmendmentSuite implements DynamoEngineBackends.Factory {}
