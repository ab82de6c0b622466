select platform, order_id, day, buyer, seller_id from orders where buyer is not null
