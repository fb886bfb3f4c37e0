-- What Stripe knows a tenant by, and what it last said of its subscription. Without Stripe there is no row.
CREATE TABLE "billing_account" (
    "tenant_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "subscription_id" TEXT,
    -- When the subscription was made: what is said of an older one changes nothing.
    "subscribed_at" TIMESTAMPTZ(3),
    -- TEAM | SCALE, of its price
    "plan" TEXT,
    -- Stripe's word: active, past_due, canceled ...
    "status" TEXT,
    -- The time of the event that said so: an older one that comes late changes nothing.
    "status_at" TIMESTAMPTZ(3),
    "period_end" TIMESTAMPTZ(3),
    "cancels_at" TIMESTAMPTZ(3),
    -- A subscription that has ended keeps its plan until then.
    "grace_until" TIMESTAMPTZ(3),

    CONSTRAINT "billing_account_pkey" PRIMARY KEY ("tenant_id")
);
CREATE UNIQUE INDEX "billing_account_customer_id_key" ON "billing_account"("customer_id");

-- Events of Stripe that were handled: each is handled once.
CREATE TABLE "stripe_event" (
    "tenant_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stripe_event_pkey" PRIMARY KEY ("tenant_id", "id")
);

-- What Stripe is to be told: the executions of a day, once the day is over.
CREATE TABLE "meter_event" (
    "tenant_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "executions" INTEGER NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "meter_event_pkey" PRIMARY KEY ("tenant_id", "day")
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['billing_account', 'stripe_event', 'meter_event'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE ON UPDATE CASCADE',
      name, name || '_tenant_id_fkey');
    PERFORM secure_tenant_table(name::regclass);
  END LOOP;
END $$;
