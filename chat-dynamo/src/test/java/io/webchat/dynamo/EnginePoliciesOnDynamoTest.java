package io.webchat.dynamo;

import io.webchat.core.engine.policy.PolicySuite;
import org.junit.jupiter.api.Tag;

/** The policies of an application keep their promises on DynamoDB. */
@Tag("full")
final class EnginePoliciesOnDynamoTest extends PolicySuite implements DynamoEngineBackends.Factory {}
