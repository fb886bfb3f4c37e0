-- What belongs to a user and to no tenant: a proven address, links by mail, identities of an OIDC issuer, a second factor.
ALTER TABLE "user" ADD COLUMN "email_verified_at" TIMESTAMPTZ(3);
-- Who handed the link over where no mail was sent: then nobody has proven that the address is theirs.
ALTER TABLE "user" ADD COLUMN "email_vouched_by" UUID;

-- From where a session was begun, for its list.
ALTER TABLE "session" ADD COLUMN "address" TEXT NOT NULL DEFAULT '';
ALTER TABLE "session" ADD COLUMN "user_agent" TEXT NOT NULL DEFAULT '';
-- Until then the next sign-in at the issuer is bound to the session's user.
ALTER TABLE "session" ADD COLUMN "link_until" TIMESTAMPTZ(3);

-- A link that proves an address or sets a new password, once. Used ones are kept for a while, so that they can be told of.
CREATE TABLE "account_link" (
    "hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    -- VERIFY | RESET
    "purpose" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "issued_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("hash")
);
CREATE INDEX "account_link_user_id_idx" ON "account_link"("user_id");

CREATE TABLE "identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("issuer", "subject")
);
CREATE INDEX "identity_user_id_idx" ON "identity"("user_id");

CREATE TABLE "second_factor" (
    "user_id" UUID NOT NULL,
    -- Sealed under the master key of this fingerprint.
    "secret" BYTEA NOT NULL,
    "master_key" TEXT NOT NULL,
    -- Null until a code has shown that the user's device has it.
    "confirmed_at" TIMESTAMPTZ(3),
    -- The step of the last code taken: none is taken twice.
    "last_step" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "second_factor_pkey" PRIMARY KEY ("user_id")
);

CREATE TABLE "recovery_code" (
    "user_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("user_id", "hash")
);

ALTER TABLE "account_link" ADD CONSTRAINT "account_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "identity" ADD CONSTRAINT "identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "account_link", "identity", "second_factor", "recovery_code" TO millrace_app;
